"""Sharing validated hours between lots (globalisation): who gives, who receives, and what is taken back."""
