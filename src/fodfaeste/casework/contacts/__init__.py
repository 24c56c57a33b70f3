"""Conversations: appointments, what was held, and notes."""
