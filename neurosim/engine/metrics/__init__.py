"""What a fit is judged by besides the loss: none of these is differentiated, none is what training minimises.

``classes``: which targets are classes; ``confusion``: counts and shares of right rows; ``fit``: R^2 and RMSE;
``judgement``: the rows of a snapshot as pairs of truth and prediction; ``held_out``: the loss of the rows kept out.
"""
