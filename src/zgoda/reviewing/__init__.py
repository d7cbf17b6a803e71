"""Reviewing a reply: what it does (acts) and what in it makes things worse (findings), judged clause by clause."""
