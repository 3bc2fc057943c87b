"""The twelve Douglas factors, answered by who proposes and by who decides."""
