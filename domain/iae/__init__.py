"""What the journeys of the path into work know of each other (les-emplois §3 to §5).

IAE: insertion par l'activité économique. Journeys do not import each other: what one of them needs of another stands
here, as the part of that other journey's state that it may see, with the rules that look at several of them at once.
"""
