"""stub"""
from django.http import HttpResponse
def hint(r): return HttpResponse("")
do = promise_page = hint
