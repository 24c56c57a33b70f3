"""The whole inbox of a nation: every duty of every open case, with its status and last day."""
