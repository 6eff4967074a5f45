import pytest

from foedus.report.page import render

from .synthetic import make_run


@pytest.fixture(scope="session", autouse=True)
def _cache(tmp_path_factory):
    """Keep the bundled script in a folder of the test session."""
    patch = pytest.MonkeyPatch()
    patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    yield
    patch.undo()


@pytest.fixture(scope="session")
def run():
    return make_run()


@pytest.fixture(scope="session")
def text(run, _cache):
    return render(run)
