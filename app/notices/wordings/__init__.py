"""The wording of letters: passages that an office may write anew, in versions, in a fixed frame."""
