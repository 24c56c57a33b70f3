"""The doors: command line, pages, programming interface and exchange with other systems."""
