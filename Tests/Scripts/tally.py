"""What a trial found: how many checks held, and each that did not."""


class Tally:
    passed = failed = 0

    def check(self, holds, what):
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAILED {str(what)[:2000]}", flush=True)
        return holds
