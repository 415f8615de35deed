import pytest

from app.pages import third_party

STYLESHEET = (
    '@charset "UTF-8";.a{font-family:GDS Transport,arial,sans-serif;color:red}'
    "/*! Copyright of the typeface. */@font-face{font-family:GDS Transport;"
    'src:url(/assets/fonts/light.woff2) format("woff2")}'
    "@font-face{font-family:GDS Transport;src:url(/assets/fonts/bold.woff2)}"
    ".b:before{background-image:url(/assets/images/govuk-crest.svg);width:1px}"
    "\n/*# sourceMappingURL=govuk-frontend.min.css.map */\n"
)


class TestCleanStylesheet:
    def test_only_what_may_not_be_served_goes(self) -> None:
        assert third_party.clean_stylesheet(STYLESHEET) == (
            '@charset "UTF-8";.a{font-family:Helvetica Neue,Helvetica,Arial,sans-serif;color:red}'
            ".b:before{background-image:none;width:1px}\n"
        )

    @pytest.mark.parametrize(
        "unforeseen",
        [
            ".a{font:1rem GDS Transport}",
            ".a{background:url(/assets/images/new.svg)}",
            ".a{background:url(crest.svg)}",
        ],
    )
    def test_what_our_changes_do_not_cover_is_refused(self, unforeseen: str) -> None:
        with pytest.raises(third_party.UnexpectedContentError, match="the stylesheet of govuk"):
            third_party.clean_stylesheet(unforeseen)


class TestCleanScript:
    def test_the_source_map_goes(self) -> None:
        script = "export{a};//# sourceMappingURL=govuk-frontend.min.js.map"

        assert third_party.clean_script(script) == "export{a};"

    def test_what_our_changes_do_not_cover_is_refused(self) -> None:
        with pytest.raises(third_party.UnexpectedContentError, match="/assets/"):
            third_party.clean_script('load("/assets/x.js")')


class TestCleanMapStylesheet:
    def test_pictures_go(self) -> None:
        css = ".a{background-image: url(images/layers-2x.png);behavior: url(#default#VML);}"

        assert third_party.clean_map_stylesheet(css) == ".a{background-image: none;}"

    def test_a_picture_our_changes_do_not_cover_is_refused(self) -> None:
        with pytest.raises(third_party.UnexpectedContentError, match="stylesheet of leaflet"):
            third_party.clean_map_stylesheet(".a{background:url(images/new.svg)}")
