#pragma once

// What the allocator of Glibc lets a program choose: mallopt(3). Swift's Glibc module leaves it out.
#include <malloc.h>
