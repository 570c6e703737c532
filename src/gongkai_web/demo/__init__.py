"""An example platform: a fictitious city whose agencies carry the names and published figures of five real ones.

Everything is made by the services that people use, so the guard, the review chain and the audit log hold for it; every
sentence was written for it. The same call on the same day gives the same platform.

`cast` agencies and people · `plans` what they publish · `texts` its words · `figures` published numbers ·
`stories` how one item comes about, step by step · `register` normative documents · `table2` decisions and fees ·
`applications` applications with their ledgers (`applications_plan` which, `applications_courses` how) ·
`platform` all of it.
"""
