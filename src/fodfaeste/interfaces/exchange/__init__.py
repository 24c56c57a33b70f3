"""Files and messages to and from other systems; the only room that may talk to the network."""
