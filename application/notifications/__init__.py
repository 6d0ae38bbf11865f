"""What people and services are told of what happened: who, what, by which channel, and how it reached them."""
