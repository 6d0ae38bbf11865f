"""Lists of beneficiaries, as the agents of a département upload them (rdv-insertion §2.5).

A list is the work of an agent who acts for an organisation: every rule and every permission holds for it. A row is a
person: somebody new, or somebody who is known already and about whom the list may say more.
"""
