"""The folder of a plan as processes hand it to each other."""

import pickle

import pytest
from conftest import ROOT

from plansite import folder as folders
from plansite import validate
from plansite.problems import Problem, Stop


@pytest.mark.parametrize("path", sorted((ROOT / "data" / "plans").iterdir()), ids=lambda path: path.name)
def test_a_checked_folder_is_pickled_without_loss(path, catalogue):
    folder = folders.read(path, ROOT)
    found = [problem for rule in validate.PLAN_RULES for problem in rule(catalogue, folder, folder.plan)]
    pickled = pickle.dumps((folder, found))
    assert pickle.loads(pickled) == (folder, found)
    assert b"simple_yaml" not in pickled, "values that know their lines are for reading alone"


def test_a_stop_is_pickled_without_loss():
    stop = Stop([Problem("a.yml", 3, "yaml", "错", "改"), Problem("b.yml", 0, "empty", "空", "填")])
    again = pickle.loads(pickle.dumps(stop))
    assert (str(again), again.problems) == (str(stop), stop.problems)
