"""Figures of reports: is what a draft prints what its own numbers make?"""
