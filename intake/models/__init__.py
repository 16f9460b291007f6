from intake.models.attachment import Attachment
from intake.models.contact import Contact
from intake.models.daily_key import DailyKey
from intake.models.picture_reading import PictureReading
from intake.models.reply import Reply
from intake.models.report import Report

__all__ = ["Attachment", "Contact", "DailyKey", "PictureReading", "Reply", "Report"]
