"""Intake, matching by meaning, evidence and mail."""

from config.settings.environment import env

# ---------------------------------------------------------------- intake
CONTACT_DAYS = 90  # a contact is deleted this long after it was given
UNDECIDABLE_DAYS = 7  # a case on which nobody can decide is closed openly after this
GUEST_REVIEW_DAYS = 7  # a guest reviewer has this long
OPINION_TEXT_DAYS = 14  # the text of an opinion, personal matter or spam is emptied after this
# Published notices that match what someone is typing; intake itself imports nothing of notices.
INTAKE_SUGGESTIONS = "publishing.domain.answer.answer"
# Read the text in screenshots, where the machine has tesseract with Vietnamese.
READ_PICTURES = env.bool("READ_PICTURES", default=True)

# ---------------------------------------------------------------- matching by meaning
# off, bundled (the extra "semantic"), or the address of an OpenAI-compatible service before
# /embeddings. Texts of reports go to that service: docs/production.md.
EMBEDDER = env.str("EMBEDDER", default="off").strip().rstrip("/") or "off"
EMBEDDER_MODEL = env.str("EMBEDDER_MODEL", default="text-embedding-3-small")
EMBEDDER_KEY = env.str("EMBEDDER_KEY", default="").strip()
EMBEDDER_QUERY_PREFIX = env.str("EMBEDDER_QUERY_PREFIX", default="")
EMBEDDER_PASSAGE_PREFIX = env.str("EMBEDDER_PASSAGE_PREFIX", default="")

# ---------------------------------------------------------------- evidence
# Fetch a page only when a checker requests it; hosts inside the network are refused in any case.
EVIDENCE_FETCH = env.bool("EVIDENCE_FETCH", default=True)
EVIDENCE_MAX_BYTES = 10 * 1024 * 1024
# Folder with the root certificates (PEM or DER) of the authorities whose digital signatures count;
# without it no PDF counts as signed.
EVIDENCE_TRUST_ROOTS = env.str("EVIDENCE_TRUST_ROOTS", default="")

# ---------------------------------------------------------------- mail
vars().update(env.email("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Kiểm Tin <kiemtin@localhost>")
EMAIL_TIMEOUT = 10
