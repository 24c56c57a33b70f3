"""What somebody outside the employment service is let in to see and answer."""
