"""Reports: submission, receipts, and replies to reporters."""
