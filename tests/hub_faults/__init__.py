"""Hubs under load that are killed, cut off, filled up and robbed of their power: is any receipt for what is gone?"""
