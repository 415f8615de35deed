"""Where things are in England: local authorities (LAs), postcode areas and districts, postcodes.

An LA is one of the 153 councils with education duties, known by its DfE three-digit code. LAs,
postcode areas and districts ship with the product as facts; single postcodes are imported. A
postcode that is not held is placed at the middle of its district, or else of its area, and says so.
Everyone may read these rows. The slice imports `db`, `errors` and `values`, and no other slice.
"""
