"""What goes to the province and what comes from it: events on their way, the hub's word, corrections after the seal."""
