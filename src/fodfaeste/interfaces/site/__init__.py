"""The site: settings, addresses, the private database, the server."""
