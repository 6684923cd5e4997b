// A link may name a table row while the list of the same rows is shown: go to its twin there.
(function () {
  function follow() {
    var target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    var twin = document.getElementById(target.id + '-l');
    if (twin && !target.offsetParent) twin.scrollIntoView();
  }
  addEventListener('hashchange', follow);
  follow();
  // The contents list stands open beside the text where there is room for it.
  var toc = document.querySelector('.toc details');
  if (toc && matchMedia('(min-width:60em)').matches) toc.open = true;
})();
