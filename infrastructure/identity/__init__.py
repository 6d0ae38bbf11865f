"""Who asks: access tokens of the configured OpenID Connect issuers, verified here without asking anybody."""
