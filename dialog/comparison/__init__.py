"""The forum's comparison over dialogues, places and years: pure counting on what each dialogue contributes.

Read `values`, then `choice`, then one file per figure: `themes`, `mirrored`, `priorities`, `recurring`, `kept`.
"""
