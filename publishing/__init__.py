"""How a published notice looks outside: public site, feed, ClaimReview, share kit."""
