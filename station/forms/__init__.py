"""Receipts and slips: values into PDF."""
