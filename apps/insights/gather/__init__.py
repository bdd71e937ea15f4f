"""The gate from the journal to the author's counts: takes the author, gives frozen values.

No word of the author's is among them but the names of values and strategies of their own, for the author to read.
"""

from apps.insights.gather.evidence import gather_evidence
from apps.insights.gather.insights import gather_days, gather_insights

__all__ = ["gather_days", "gather_evidence", "gather_insights"]
