"""What other services send, in their words and with their signatures: the only place that knows either."""
