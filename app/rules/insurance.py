"""What the law asks of insurance."""

from datetime import date

from app.rules.dated import Citation, Dated, Finding, Value

PENCE = 100

EMPLOYERS_LIABILITY_REGULATIONS = Citation(
    "Employers' Liability (Compulsory Insurance) Regulations 1998",
    "regulation 3(1)",
    "https://www.legislation.gov.uk/uksi/1998/2573/regulation/3",
    binding=True,
)

EMPLOYERS_LIABILITY_LEAST = Dated(
    name="Least sum to be insured by an employer",
    unit="pence for one occurrence",
    values=(Value(date(1999, 1, 1), 5_000_000 * PENCE, EMPLOYERS_LIABILITY_REGULATIONS),),
)


def insures_employees_enough(limit_pence: int, on: date) -> Finding:
    """Say whether a limit is as high as an employer's insurance must at least be.

    Args:
        limit_pence: the most the insurer pays for one occurrence, in pence.
        on: the day.

    Raises:
        NotInForceError: the day is before the regulations.
    """
    least = EMPLOYERS_LIABILITY_LEAST.on(on)
    return Finding(
        limit_pence >= least.value,
        f"£{limit_pence // PENCE:,} against at least £{least.value // PENCE:,}",
        least.citation,
    )
