"""A definition read back as a sentence in the user's language, brackets kept and relative dates resolved.

The root of a tree is a noun (« Contacts … »), each leaf a clause that can follow any other (« dont la ville
est Lyon », “who placed at least 2 orders”); groups inside groups stand between brackets.
"""

from __future__ import annotations

from segmentation.criteria.catalogue import Catalogue
from segmentation.criteria.clauses import Clauses
from segmentation.criteria.nodes import All, Any, Criterion, Not
from segmentation.criteria.segment import Segment, as_segment
from segmentation.i18n import Words


def describe(thing: Criterion | Segment, catalogue: Catalogue, w: Words) -> str:
    """The sentence of a criterion or a segment: who is in, who is left out, how many at most, who by hand."""
    segment, clauses = as_segment(thing), Clauses(catalogue, w)
    sentences = [_contacts(segment.include, clauses)]
    if segment.exclude is not None:
        sentences.append(w("sentence.left_out", clause=tree(segment.exclude, clauses)))
    if segment.limit is not None:
        if segment.limit.top is not None:
            top = segment.limit.top
            key = "sentence.limit_lowest" if top.lowest else "sentence.limit_top"
            sentences.append(w(key, n=top.n, field=clauses.field(top.by)))
        if segment.limit.sample is not None:
            sentences.append(w("sentence.limit_sample", drawn=clauses.drawn(segment.limit.sample)))
    if segment.added:
        sentences.append(w("sentence.added", n=len(segment.added)))
    if segment.removed:
        sentences.append(w("sentence.removed", n=len(segment.removed)))
    return " ".join(sentences)


def _contacts(node: Criterion, clauses: Clauses) -> str:
    w = clauses.w
    if node == All():
        return w("sentence.everyone")
    if node == Any():
        return w("sentence.nobody")
    if isinstance(node, Not):
        return w("sentence.everyone_but", clause=tree(node.child, clauses))
    return w("sentence.contacts", clause=tree(node, clauses))


def tree(node: Criterion, clauses: Clauses, *, inner: bool = False) -> str:
    """The clause of a node; a group that is ``inner`` to another stands between brackets."""
    if isinstance(node, (All, Any)):
        return _group(node, clauses, inner=inner)
    if isinstance(node, Not):
        return clauses.w("sentence.not", clause=tree(node.child, clauses, inner=True))
    return clauses.leaf(node)


def _group(node: All | Any, clauses: Clauses, *, inner: bool) -> str:
    w = clauses.w
    if not node.children:
        return w("sentence.all_clause" if isinstance(node, All) else "sentence.none_clause")
    if len(node.children) == 1:
        return tree(node.children[0], clauses, inner=inner)
    said = [tree(node.children[0], clauses, inner=True)]
    joiner = "sentence.and" if isinstance(node, All) else "sentence.or"
    for child in node.children[1:]:
        if isinstance(node, All) and isinstance(child, Not):
            said.append(w("sentence.except", clause=tree(child.child, clauses, inner=True)))
        else:
            said.append(w(joiner, clause=tree(child, clauses, inner=True)))
    text = "".join(said)
    return f"({text})" if inner else text
