"""How well an examination measured: items, reliability, equating, agreement of raters, cut scores, bands.

Pure, as the merit core is, and deciding nothing by itself: a number here leads a person to look. Import the
module that is needed (`from app.exams.merit.psychometrics import items`), so that SciPy is loaded only by
`intraclass`, the one module here that needs it.

    sheets       answers with what they earn: of_scores, of_key, of_marks -> Sheets
    tally        one integer histogram item x option x total: count -> Tally
    items        difficulty, point-biserials, discrimination, options: analyse -> ItemAnalysis
    flags        what is wrong with an item, in sentences: Limits, look
    reliability  alpha and KR-20, alpha if an item is left out, SEM: reliability; split_half, prophecy
    equating     mean, linear, equipercentile: Conversion; percentile_ranks
    kappa        Cohen (unweighted, linear, quadratic), Fleiss
    intraclass   the six coefficients of Shrout and Fleiss with intervals
    cut_scores   modified Angoff
    error_bands  standard errors of measurement and of the difference
"""
