"""The plan as a publication, Word or PDF: cover, contents, introduction, figures, outcomes with their measures, annexes.

Labels stand in the reader's language; texts as they were written, in their own direction. The internal version is for those
who work in the State; the public one leaves out risks, feasibility, agreement and obstacles, and every recommendation that
is not public.
"""

from mutabaa.plans.publication.document import publish
from mutabaa.plans.publication.facts import PlanFacts, facts_of, for_publication

__all__ = ["PlanFacts", "facts_of", "for_publication", "publish"]
