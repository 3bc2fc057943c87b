"""Whether an examination treated groups alike: adverse impact at each stage, items that work differently.

Pure, as the merit core is. Nothing here decides about a person: it counts groups, and says in a sentence what
should be looked at. Import the module that is needed (`from app.exams.merit.fairness import impact`).

    four_fifths   selection rates compared by integers: Group, reaches, needed, rate_ratios, one_selection
    significance  Fisher's exact test, standard deviations of a difference and from an expected share
    impact        one stage, group by group, with sentences: adverse_impact -> Impact
    stages        every stage and the bottom line, small groups hidden: impact_by_stage -> StageReport
    item_bias     differential item functioning by Mantel and Haenszel: differential_items -> ItemBias
"""
