from audit.models.entry import AuditEntry, AuditEntryQuerySet

__all__ = ["AuditEntry", "AuditEntryQuerySet"]
