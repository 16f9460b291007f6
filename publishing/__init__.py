"""What a published notice becomes: page texts, ClaimReview, share text, poster."""
