"""Measures Keel against a bare page under the same server: `./dev bench`. Nothing here runs in a service."""
