"""stub"""
def hints(request): return {}
