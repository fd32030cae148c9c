#ifndef STANCE_CTURBOJPEG_SHIM_H
#define STANCE_CTURBOJPEG_SHIM_H

#include <turbojpeg.h>

#endif
