"""The settings of Django and of the product, by topic. Everything that differs between machines
comes from the environment; every variable is listed with its meaning in `.env.sample`."""

from config.settings.api import *
from config.settings.application import *
from config.settings.environment import *
from config.settings.product import *
from config.settings.security import *
from config.settings.sign_in import *
from config.settings.storage import *
from config.settings.task_queue import *
