package picture

// A Raster is a picture that is drawn by pixels over the blank cells of a frame. The zero Raster is none.
type Raster struct {
	Row, Column int    // of its upper left corner, from 0
	Sequence    []byte // that draws it from the cursor on
}
