"""The list of notices: one's own only, unread first."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from mutabaa.notifications import kinds, services
from mutabaa.notifications.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(people, monkeypatch):
    monkeypatch.setitem(
        kinds.kinds, "asked", kinds.NoticeKind("asked", gettext_lazy("Answer %(what)s"), gettext_lazy(""))
    )
    for n in range(3):
        services.notify([people.focal], kind="asked", key=f"k{n}", url=f"/workspace/?n={n}", what=f"question {n}")
    services.notify([people.stranger], kind="asked", key="other", what="another house")
    return people


def test_it_lists_ones_own_notices(told, signed_in):
    text = signed_in(told.focal).get(reverse("notifications:index")).content.decode()
    assert "Answer question 1" in text
    assert "another house" not in text


def test_it_puts_the_unread_first(told, signed_in):
    services.mark_read(told.focal, Notice.objects.get(params__what="question 2"))
    text = signed_in(told.focal).get(reverse("notifications:index")).content.decode()
    assert text.index("question 0") < text.index("question 2")


def test_it_marks_as_read_and_goes_to_the_place(told, signed_in):
    notice = Notice.objects.get(params__what="question 1")
    answer = signed_in(told.focal).post(reverse("notifications:open", args=[notice.pk]))
    assert answer.url == "/workspace/?n=1"
    notice.refresh_from_db()
    assert notice.read_at


def test_it_marks_all_as_read_for_oneself_only(told, signed_in):
    signed_in(told.focal).post(reverse("notifications:mark_all_read"))
    assert Notice.objects.filter(read_at=None).count() == 1


def test_it_hides_the_notices_of_others(told, signed_in):
    notice = Notice.objects.get(user=told.stranger)
    assert signed_in(told.focal).post(reverse("notifications:open", args=[notice.pk])).status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None


def test_it_never_leaves_the_site(told, signed_in):
    notice = Notice.objects.get(params__what="question 1")
    Notice.objects.filter(pk=notice.pk).update(url="https://elsewhere.example/")
    answer = signed_in(told.focal).post(reverse("notifications:open", args=[notice.pk]))
    assert answer.url == reverse("notifications:index")


def test_it_shows_the_unread_on_the_desk_and_in_the_menu(told, signed_in):
    text = signed_in(told.focal).get(reverse("desk")).content.decode()
    assert "Answer question 0" in text
    assert '<span class="count"><bdi dir="ltr">3</bdi></span></a>' in text


def test_it_says_what_to_expect_when_there_is_none(told, signed_in):
    assert "No notices yet" in signed_in(told.cso).get(reverse("notifications:index")).content.decode()


def test_it_costs_few_queries_however_long_the_list(told, signed_in, django_assert_max_num_queries):
    for n in range(60):
        services.notify([told.focal], kind="asked", key=f"more{n}", what=f"{n}")
    client = signed_in(told.focal)
    with django_assert_max_num_queries(10):
        client.get(reverse("notifications:index"))


def test_it_survives_a_kind_that_no_room_knows(told, signed_in):
    Notice.objects.filter(params__what="question 1").update(kind="gone")
    assert signed_in(told.focal).get(reverse("notifications:index")).status_code == 200
