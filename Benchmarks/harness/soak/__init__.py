"""Parts of the soak test: an origin, mixed load, reloads and the watch over the gateway's process."""
