"""Consultation on drafts: who was asked, what they proposed, what was answered."""
