#include "textflag.h"

// A product is rounded before it is added, as in Go: no fused multiply-add.

// func dotAVX(sum, weights *vector, column *int32, value *float32, n int)
TEXT ·dotAVX(SB), NOSPLIT, $0-40
	MOVQ sum+0(FP), DI
	MOVQ weights+8(FP), SI
	MOVQ column+16(FP), DX
	MOVQ value+24(FP), CX
	MOVQ n+32(FP), BX
	XORQ R8, R8
	VMOVUPS (DI), Y0

next:
	MOVLQSX      (DX)(R8*4), R9
	SHLQ         $5, R9
	VBROADCASTSS (CX)(R8*4), Y1
	VMULPS       (SI)(R9*1), Y1, Y1
	VADDPS       Y1, Y0, Y0
	INCQ         R8
	CMPQ         R8, BX
	JLT          next
	VMOVUPS      Y0, (DI)
	VZEROUPPER
	RET

// func addAVX(step, weights *vector, column *int32, value *float32, n int)
TEXT ·addAVX(SB), NOSPLIT, $0-40
	MOVQ step+0(FP), DI
	MOVQ weights+8(FP), SI
	MOVQ column+16(FP), DX
	MOVQ value+24(FP), CX
	MOVQ n+32(FP), BX
	XORQ R8, R8
	VMOVUPS (DI), Y0

next:
	MOVLQSX      (DX)(R8*4), R9
	SHLQ         $5, R9
	VBROADCASTSS (CX)(R8*4), Y1
	VMULPS       Y0, Y1, Y1
	VADDPS       (SI)(R9*1), Y1, Y1
	VMOVUPS      Y1, (SI)(R9*1)
	INCQ         R8
	CMPQ         R8, BX
	JLT          next
	VZEROUPPER
	RET
