# One image for web, worker, beat and the preparation step; docker-compose.yml has the command of each.
ARG PYTHON_VERSION=3.13

# ---- packages and compiled catalogues; none of this stage's tools are in the result
FROM python:${PYTHON_VERSION}-slim AS build
# base, or semantic: with the bundled model that matches by meaning
ARG REQUIREMENTS=base
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/venv
COPY requirements/${REQUIREMENTS}.txt /tmp/requirements.txt
# Every package is a ready-made build with the hash it was tested with: no compiler is installed here.
RUN /opt/venv/bin/pip install --require-hashes --only-binary :all: -r /tmp/requirements.txt
COPY . /app
WORKDIR /app
RUN VAR_DIR=/tmp/var /opt/venv/bin/python manage.py compile_catalogues \
    && /opt/venv/bin/python -m compileall -q /opt/venv /app

# ---- what runs
FROM python:${PYTHON_VERSION}-slim
# Reads the text in screenshots; without it everything else works.
RUN apt-get update \
    && apt-get install -y --no-install-recommends tesseract-ocr tesseract-ocr-vie \
    && rm -rf /var/lib/apt/lists/*
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 VAR_DIR=/srv/var
RUN groupadd --gid 10001 kiemtin \
    && useradd --uid 10001 --gid kiemtin --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin kiemtin \
    && install -d -o kiemtin -g kiemtin -m 0750 /srv/var
COPY --from=build /opt/venv /opt/venv
COPY --from=build /app /app
WORKDIR /app
USER kiemtin
VOLUME /srv/var
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 CMD ["python", "ops/probe.py"]
CMD ["gunicorn", "config.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", "--threads", "8", "--worker-tmp-dir", "/dev/shm", "--no-control-socket"]
