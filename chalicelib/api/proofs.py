"""The nightly proof over HTTP."""

from chalicelib.api.requests import PAGING, ApiRequest
from chalicelib.api.routes import Reply, Routes
from chalicelib.api.schemas.base import Page
from chalicelib.api.schemas.periods import Finding, Proof, ProofInput, ProofRow
from chalicelib.domain.proof import ProofFinding, ProofRun
from chalicelib.usecases.book_listings import findings_of, proofs
from chalicelib.usecases.proof_run import ask_for_proof, read_run

routes = Routes()

MAX_FINDINGS = 200
"""As many as a page of a list; whoever has more has one cause for all of them."""


@routes.route("/v1/proofs", "GET", gives=Page[ProofRow], query=PAGING)
def list_all(request: ApiRequest) -> Reply:
    """The proofs of the books, newest first."""
    page = request.ports.store.rows(proofs(), limit=request.limit, cursor=request.cursor)
    names = set(ProofRow.model_fields)
    rows = [
        ProofRow.model_validate({name: row[name] for name in row if name in names})
        for row in page.items
    ]
    return Reply(Page[ProofRow](items=rows, next_cursor=page.cursor))


@routes.route("/v1/proofs", "POST", takes=ProofInput, gives=Proof, status=201)
def ask(request: ApiRequest) -> Reply:
    """Prove the books now; 201 when it has begun."""
    request.body(ProofInput)
    run = ask_for_proof(request.ports, request.context)
    return Reply(_proof(run, ()), 201, run.version)


@routes.route("/v1/proofs/{proof_id}", "GET", gives=Proof)
def read(request: ApiRequest, proof_id: str) -> Reply:
    """One proof with what it has found."""
    return answer(request, proof_id)


def answer(request: ApiRequest, proof_id: str) -> Reply:
    """Return a proof as it stands now. NotFound."""
    run = read_run(request.ports, proof_id)
    found = request.ports.store.records(findings_of(run.id))
    return Reply(_proof(run, found[:MAX_FINDINGS]), version=run.version)


def _proof(run: ProofRun, found: tuple[ProofFinding, ...]) -> Proof:
    fields = {name: getattr(run, name) for name in ProofRow.model_fields}
    return Proof(**fields, found=[_finding(one) for one in found])


def _finding(one: ProofFinding) -> Finding:
    return Finding(**{name: getattr(one, name) for name in Finding.model_fields})
