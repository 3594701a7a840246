"""Who does and who undergoes: subjects, objects and predicates of a clause, read off the dependency parse."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from etl.extraction.harm.clause_subjects import subject_before
from etl.extraction.lexicons import word_set
from etl.extraction.people import naming, victims
from etl.extraction.people.coordination import members
from etl.extraction.people.sentence import Sentence, quantity_of

OBJECTS = frozenset({"dobj", "obj"})


SUBJECTS = frozenset({"nsubj", "nsubjpass"})


_RELATIVE = frozenset({"who", "that", "which", "whom"})


def child_of(token: Token, deps: frozenset[str] | set[str]) -> Token | None:
    """First child of TOKEN in one of the relations DEPS."""
    return next((child for child in token.children if child.dep_ in deps), None)


def object_of(token: Token, preposition: str) -> Token | None:
    """Head of what PREPOSITION governs under TOKEN ("the death *of* a guard")."""
    for child in token.children:
        if child.dep_ in {"prep", "agent"} and child.lower_ == preposition:
            return child_of(child, {"pobj", "pcomp"})
    return None


def is_passive(verb: Token) -> bool:
    """Whether VERB is passive, its subject the one it befalls; "IS fighters shot" has no auxiliary but a name."""
    passive = (child for child in verb.children if child.dep_ in {"auxpass", "nsubjpass"})
    return any(child.text != "IS" or verb.is_upper for child in passive)


def resolved(token: Token, verb: Token) -> Token:
    """TOKEN, or the noun that a relative pronoun of VERB's clause stands for."""
    if token.lower_ in _RELATIVE and verb.dep_ == "relcl":
        return _less_home(verb.head) if token.lower_ == "who" else verb.head
    if token.lower_ in _RELATIVE:
        for ancestor in verb.ancestors:
            if ancestor.dep_ == "relcl":
                return ancestor.head
    return token


def _less_home(noun: Token) -> Token:
    """NOUN, or where it is the home of somebody, that one ("Ana Ruiz, 18, of the Bronx, who was hurt")."""
    preposition = noun.head
    if noun.dep_ == "pobj" and naming.is_thing(noun) and preposition.lower_ in {"of", "from", "in", "at"}:
        # "an employee of the office who was injured"
        return preposition.head if naming.may_be_person(preposition.head) else noun
    if noun.dep_ == "pobj" and noun.tag_ == "NNP" and preposition.lower_ in {"of", "from", "in"}:
        owner = preposition.head
        return owner if owner.pos_ == "PROPN" else noun
    return noun


def _own_subject(verb: Token) -> Token | None:
    """Subject of VERB itself; the parser at times hangs it on the auxiliary ("another 30 people *are* missing")."""
    own = child_of(verb, SUBJECTS)
    if own is not None and own.tag_ == "CD" and own.nbor().head.i == own.i and own.nbor().tag_ == "NNP":
        # "Around 4 May 2021, in Lima, a man was found dead": the parser takes the day for who was found.
        own = [child for child in verb.children if child.dep_ in SUBJECTS][-1]
    if own is None:
        auxiliaries = (child for child in verb.lefts if child.dep_ == "aux")
        own = next((found for aux in auxiliaries if (found := child_of(aux, SUBJECTS)) is not None), None)
    if own is None:
        # "Between three and six people were hurt": the parser reads what bounds the number as a preposition.
        between = next((child for child in verb.lefts if child.lower_ == "between" and child.dep_ == "prep"), None)
        own = child_of(between, {"pobj"}) if between is not None else None
        own = own if own is not None and any(child.dep_ == "nummod" for child in own.lefts) else None
    return own if own is not None else _joined_to_an_object(verb)


def _joined_to_an_object(verb: Token) -> Token | None:
    """People right before VERB that the parser joins to the object of the clause before ("and her sons suffered")."""
    if verb.dep_ != "conj" or verb.tag_ != "VBD" or not verb.i:
        return None
    before = verb.nbor(-1)
    torn = before.dep_ == "conj" and before.head.dep_ in OBJECTS and before.head.head.i == verb.head.i
    return before if torn and before.tag_ in {"NN", "NNS"} and naming.may_be_person(before) else None


def subject_of(verb: Token) -> Token | None:
    """Subject of VERB, its own or the one it shares with the verb it is joined to or depends on."""
    own = _own_subject(verb)
    if own is not None:
        return resolved(own, verb)
    if verb.dep_ in {"acl", "relcl"}:
        return _whole_of(verb.head)
    if verb.dep_ in {"conj", "xcomp", "advcl", "pcomp", "ccomp", "dep"} and verb.head.pos_ in {
        "VERB",
        "AUX",
        "ADP",
        "SCONJ",
        "ADJ",
    }:
        head = verb.head.head if verb.head.pos_ in {"ADP", "SCONJ"} else verb.head
        if head.pos_ == "ADJ" and head.dep_ == "conj":
            head = head.head
        if head is not verb and head.pos_ in {"VERB", "AUX"}:
            if verb.dep_ == "xcomp" and (controlled := child_of(head, OBJECTS)) is not None:
                return controlled
            return subject_of(head)
    return None


def _whole_of(noun: Token) -> Token:
    """NOUN, or those of whom it is a part ("seven people including a child drowned")."""
    including = noun.head
    part = noun.dep_ == "pobj" and including.lower_ == "including" and including.head.tag_ == "NNS"
    return including.head if part else noun


def is_either_way(verb: Token) -> bool:
    """Whether VERB shares its people with a verb of the other harm ("killed or wounded 200"): how many is not said."""
    pairs = [(verb, child) for child in verb.rights if child.dep_ == "conj"]
    if verb.dep_ == "conj":
        pairs.append((verb.head, verb))
    for first, second in pairs:
        lemmas = {first.lemma_.lower(), second.lemma_.lower()}
        joined = {child.lower_ for child in first.rights if child.dep_ == "cc"}
        own = child_of(first, OBJECTS)
        counted = first.i + 1 < len(first.doc) and first.nbor().tag_ == "CD"
        shared = (own is None or own.i > second.i) and not counted
        apart = any(child.dep_ in SUBJECTS for child in second.children)
        if "kill" in lemmas and lemmas & word_set("harms.merely_hurt") and shared and not apart:
            return bool(joined & {"or", "and/or"}) or (not is_passive(first) and child_of(second, OBJECTS) is not None)
    return False


def _joined_object(verb: Token) -> Token | None:
    """Object that VERB shares with a later verb joined to it ("shot and killed three")."""
    for child in verb.rights:
        if child.dep_ == "conj" and child.pos_ == "VERB":
            found = child_of(child, OBJECTS) or _joined_object(child)
            if found is not None:
                return found
    return None


def is_counted(sentence: Sentence, token: Token) -> bool:
    """Whether a number in SENTENCE counts TOKEN."""
    return quantity_of(sentence, token) is not None


def undergoers(sentence: Sentence, verb: Token) -> Iterator[Token]:
    """Heads of the people whom the action of VERB befalls: object, passive subject, or the noun it describes."""
    if is_passive(verb) or (verb.dep_ == "conj" and child_of(verb, {"agent"}) is not None):
        yield from _passive_undergoers(sentence, verb)
        return
    objects = [c for c in verb.children if c.dep_ in OBJECTS or (c.dep_ == "dative" and c.pos_ != "ADP")]
    if not objects:  # "shot dead his wife", where the parser hangs her on *dead*
        objects = [c for dead in verb.rights if dead.lower_ == "dead" for c in dead.rights if c.dep_ in OBJECTS]
    described = _object_as_subject(verb) if not objects else None
    if described is not None:
        yield described
    elif objects:
        yield from (resolved(item, verb) for item in objects)
    elif verb.dep_ in {"relcl", "acl", "amod"}:
        yield from _described(sentence, verb)
    elif verb.tag_ == "VBN" and verb.dep_ in {"xcomp", "ccomp", "oprd", "acomp", "advcl"}:
        said = list(predicate_of(verb))
        if not said and (counted := counted_phrase_before(sentence, verb.head)) is not None:
            # "between 12 and 15 civilians were reported killed"
            said = [counted]
        yield from said
    else:
        yield from _without_object(sentence, verb)


def _object_as_subject(verb: Token) -> Token | None:
    """Object of VERB that the parser took for the subject of what describes it ("killed a guard working for")."""
    for child in verb.rights:
        if child.dep_ in {"advcl", "ccomp", "xcomp", "conj", "dep"} and child.tag_ in {"VBG", "VBN", "VBD"}:
            own = child_of(child, SUBJECTS)
            marked = any(word.dep_ in {"mark", "advmod"} for word in child.lefts)
            if own is not None and own.left_edge.i == verb.i + 1 and not marked:
                return own
    return None


def _passive_undergoers(sentence: Sentence, verb: Token) -> Iterator[Token]:
    own = _own_people(verb)
    if own is not None and (number := _number_before(sentence, verb, own)) is not None:
        yield number
        return
    if own is not None and (found := _listed_before(sentence, verb, own)) is not None:
        yield found
        return
    thing = own is not None and naming.is_thing(own)
    if thing and own is not None and own.tag_ != "NNP" and not _parted(own, verb):
        return
    # "LIMA, Peru: Two guards were shot": the parser takes the town of filing for who was.
    filed = own is not None and own.is_upper and not own.left_edge.i and _parted(own, verb)
    keeps = own is not None and not thing and not filed and victims.are_people(sentence, own)
    subject = own if keeps else subject_before(sentence, verb)
    if subject is None and thing:
        return
    subject = subject or _phrase_right_before(verb) or subject_of(verb) or counted_phrase_before(sentence, verb)
    if subject is not None:
        yield subject
    head = verb.head
    if verb.dep_ == "conj" and head.pos_ in {"NOUN", "PROPN"} and head.dep_ == "ROOT" and head.i < verb.i:
        # "X, a judge, and his guard were killed" is at times read as X joined to a clause.
        yield head


def _parted(first: Token, second: Token) -> bool:
    """Whether a colon stands between FIRST and SECOND: "Blast at a dock: a welder was killed"."""
    return any(word.text in {":", ";"} for word in first.doc[first.i : second.i])


def _number_before(sentence: Sentence, verb: Token, own: Token) -> Token | None:
    """The number right before VERB where OWN only says of how many: "Of eleven men taken hostage three were killed"."""
    first = own.left_edge.i
    auxiliary = next((child for child in verb.lefts if child.dep_ in {"aux", "auxpass"}), None)
    if auxiliary is None or not first or own.doc[first - 1].lower_ != "of" or auxiliary.i - 1 <= own.i:
        return None
    before = auxiliary.nbor(-1)
    return before if before.i in sentence.quantity_at else None


def _own_people(verb: Token) -> Token | None:
    """Subject that the parser gave the passive VERB; of a clause as subject ("two men working for a bank") its own."""
    own = child_of(verb, SUBJECTS | {"csubjpass", "csubj"})
    if own is not None and own.tag_ == "VBG":
        own = child_of(own, SUBJECTS)
    return resolved(own, verb) if own is not None else None


def _listed_before(sentence: Sentence, verb: Token, own: Token) -> Token | None:
    """First of the list that ends with OWN, the subject of VERB ("two clerks as well as one of the men were hurt")."""
    before = own.doc[own.left_edge.i - 1] if own.left_edge.i else own
    if before.dep_ != "cc":
        return None
    first = subject_before(sentence, verb)
    if first is None or first.nbor().lower_ in word_set("victims.states"):
        return None
    return first if own in members(sentence, first, verb) else None


def _phrase_right_before(verb: Token) -> Token | None:
    """Subject between *and* and the auxiliary that the parser hung elsewhere ("and his friend, Ann, was hurt")."""
    auxiliary = next((child for child in verb.lefts if child.dep_ in {"aux", "auxpass"}), None)
    if verb.dep_ != "conj" or auxiliary is None or child_of(verb, SUBJECTS) is not None:
        return None
    doc = verb.doc
    joint = next((i for i in range(auxiliary.i - 1, verb.head.i, -1) if doc[i].lower_ == "and"), None)
    if joint is None or auxiliary.i - joint < 2:
        return None
    end = next((i for i in range(joint + 1, auxiliary.i) if doc[i].text == ","), auxiliary.i)
    last = doc[end - 1]
    return last if last.pos_ in {"NOUN", "PROPN", "NUM"} else None


def _described(sentence: Sentence, verb: Token) -> Iterator[Token]:
    """The noun that VERB describes: "the man (whom) they shot", "three people killed in", "12 wounded soldiers"."""
    own = child_of(verb, SUBJECTS)
    head = verb.head
    if verb.dep_ == "amod":
        fatally = any(child.lower_ == "fatally" for child in verb.lefts)
        if is_counted(sentence, head) or (head.tag_ == "NNP" and fatally) or _names_the_murdered(verb):
            yield head
    elif verb.dep_ == "acl" and verb.tag_ == "VBN":
        if not (head.dep_ == "pobj" and head.head.head.lower_ == "one"):
            yield head
    elif verb.dep_ == "relcl" and own is not None and verb.tag_ != "VBN" and own.lower_ not in _RELATIVE:
        if not any(child.lower_ in {"where", "when", "why"} for child in verb.lefts):
            yield head
    else:
        yield from _without_object(sentence, verb)


def _names_the_murdered(verb: Token) -> bool:
    """Whether VERB says of somebody named that he was murdered ("the widow of the murdered journalist Ana Ruiz")."""
    if verb.lemma_.lower() not in word_set("arguments.murdering"):
        return False
    named = [verb.head, *(child for child in verb.head.rights if child.dep_ == "appos")]
    return any(one.tag_ == "NNP" and one.ent_type_ in {"PERSON", ""} for one in named)


def one_of_kin(verb: Token, head: Token) -> Token:
    """HEAD, or where it is kin of the one right before VERB, that one ("the brother of a man shot by police said")."""
    inner = object_of(head, "of")
    if inner is None or head.lemma_.lower() not in word_set("arguments.kin"):
        return head
    between = [token for token in head.doc[inner.i + 1 : verb.i] if token.dep_ != "advmod"]
    return inner if inner.i < verb.i and not between and verb.tag_ in {"VBN", "VBD"} else head


def _without_object(sentence: Sentence, verb: Token) -> Iterator[Token]:
    """Ellipsis: an object shared with a joined verb, a subject shared with a passive, "and twenty-six wounded"."""
    if (left := _left_so(verb)) is not None:
        yield left
        return
    own = child_of(verb, SUBJECTS)
    past = verb.tag_ in {"VBN", "VBD"}
    if verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX", "ADJ"}:
        if own is not None and past and is_counted(sentence, own):
            yield own
            return
        if own is None and _is_passive_chain(verb):
            subject = subject_of(verb)
            if subject is not None:
                yield subject
            return
    joined = _joined_object(verb) or _name_behind_a_time(verb)
    if joined is not None:
        yield joined
    elif own is not None and past and (verb.tag_ == "VBN" or own.i in sentence.quantity_at or _elliptical(verb)):
        yield resolved(own, verb)


def _left_so(verb: Token) -> Token | None:
    """Object of *leave* that VERB is joined to where it says how it left them ("left a man and two boys hospitalized").

    The parser joins VERB to *leave*, at times with the last of them as its subject.
    """
    left, own = verb.head, child_of(verb, SUBJECTS)
    people = child_of(left, OBJECTS)
    if verb.dep_ != "conj" or left.lemma_.lower() != "leave" or verb.tag_ not in {"VBN", "VBD"} or people is None:
        return None
    if own is None:
        return people if not verb.n_lefts and people.right_edge.i == verb.i - 1 else None
    listed = people.tag_ in {"NN", "NNS"} and people.nbor().lower_ == "and" and own.left_edge.i == people.i + 2
    return people if listed and own.i == verb.i - 1 else None


def _name_behind_a_time(verb: Token) -> Token | None:
    """Object behind how long VERB took, which the parser took for a time ("shot in two days, Judge Ruiz and")."""
    return next(
        (c for c in verb.rights if c.dep_ == "npadvmod" and c.tag_ == "NNP" and c.ent_type_ not in {"DATE", "TIME"}),
        None,
    )


def counted_phrase_before(sentence: Sentence, verb: Token) -> Token | None:
    """Subject that the parser took for a preposition's object ("between one and four guards were hurt")."""
    for child in verb.lefts:
        if child.dep_ == "prep" and (inner := child_of(child, {"pobj"})) is not None and is_counted(sentence, inner):
            return inner
    return None


def _elliptical(verb: Token) -> bool:
    """A headline's "Man shot in leg": a past tense with a subject and no object, not "shot at"."""
    return verb.lemma_ in word_set("arguments.elliptical") and not any(
        child.dep_ in {"dobj", "ccomp", "xcomp"} or (child.dep_ == "prep" and child.lower_ == "at")
        for child in verb.children
    )


def _is_passive_chain(verb: Token) -> bool:
    head = verb.head
    while head.dep_ == "conj" and not is_passive(head):
        head = head.head
    return verb.tag_ in {"VBN", "VBD"} and (is_passive(head) or head.tag_ == "VBN")


def predicate_of(token: Token) -> Iterator[Token]:
    """Heads of the people of whom TOKEN ("dead", "missing") is said."""
    own = _own_subject(token)
    if own is not None:
        yield resolved(own, token)
        return
    head = token.head
    if token.dep_ in {"amod", "acl", "nmod"} and head.pos_ in {"NOUN", "PROPN", "NUM", "PRON"}:
        yield head
        return
    if head.pos_ in {"VERB", "AUX"}:
        target = child_of(head, OBJECTS)
        if target is not None and not is_passive(head):
            yield resolved(target, head)
            return
        subject = subject_of(head)
        if subject is not None:
            yield subject
