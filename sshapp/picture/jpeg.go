package picture

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
)

var errDamaged = errors.New("it is damaged")

// inspectJPEG reads the segments of a JPEG up to the one with its size (ITU-T T.81, annex B). The package image/jpeg says neither
// how a picture is to be turned nor whether it is progressive, and to decode a progressive one takes four times the memory.
func inspectJPEG(r *bufio.Reader) (Info, error) {
	_, _ = r.Discard(2) // SOI
	info := Info{format: isJPEG, orientation: upright}
	for {
		marker, length, err := nextSegment(r)
		switch {
		case err != nil:
			return Info{}, err
		case marker >= 0xc0 && marker <= 0xc2: // SOF: baseline, extended, progressive
			return info.withFrame(r, marker == 0xc2, length)
		case marker == 0xd9 || marker == 0xda: // the end, or pixels without a size
			return Info{}, errDamaged
		case marker == 0xe1: // APP1
			data := make([]byte, length) // at most 64 KB
			if _, err := io.ReadFull(r, data); err != nil {
				return Info{}, err
			}
			if exif, ok := bytes.CutPrefix(data, []byte("Exif\x00\x00")); ok {
				info.orientation = exifOrientation(exif)
			}
		default:
			if _, err := r.Discard(length); err != nil {
				return Info{}, err
			}
		}
	}
}

// nextSegment reads the head of a segment: its marker, and the length of what follows.
func nextSegment(r *bufio.Reader) (marker byte, length int, err error) {
	var head [2]byte
	for marker == 0 || marker == 0xff { // any marker may have fill bytes before it
		if marker, err = r.ReadByte(); err != nil {
			return 0, 0, err
		}
	}
	if marker == 0xd8 || marker >= 0xd0 && marker <= 0xd7 || marker == 0x01 { // those without a length
		return marker, 0, nil
	}
	if _, err = io.ReadFull(r, head[:]); err != nil {
		return 0, 0, err
	}
	length = int(binary.BigEndian.Uint16(head[:])) - len(head)
	if length < 0 {
		return 0, 0, errDamaged
	}
	return marker, length, nil
}

// withFrame reads the segment that has the size of a picture and of its components (T.81, B.2.2).
func (i Info) withFrame(r io.Reader, progressive bool, length int) (Info, error) {
	frame := make([]byte, length)
	if _, err := io.ReadFull(r, frame); err != nil {
		return Info{}, err
	}
	const fixed, component = 6, 3
	if length < fixed || length != fixed+component*int(frame[5]) {
		return Info{}, errDamaged
	}
	i.Height, i.Width = int(binary.BigEndian.Uint16(frame[1:])), int(binary.BigEndian.Uint16(frame[3:]))
	widest, samples := 1, 0
	for at := fixed; at < length; at += component {
		n := int(frame[at+1]>>4) * int(frame[at+1]&15)
		widest = max(widest, n)
		samples += n
	}
	perSample := int64(1)
	if progressive {
		perSample += 4 // its coefficients
	}
	i.memory = int64(i.Width) * int64(i.Height) * int64(samples) * perSample / int64(widest)
	if i.orientation >= transposed {
		i.Width, i.Height = i.Height, i.Width
	}
	return i, nil
}

// exifOrientation finds how a picture is to be turned in its Exif data, which is a TIFF file (Exif 2.32, 4.6.4).
func exifOrientation(data []byte) orientation {
	const header, entry = 8, 12
	if len(data) < header {
		return upright
	}
	var order binary.ByteOrder = binary.LittleEndian
	if data[0] == 'M' {
		order = binary.BigEndian
	}
	at := int64(order.Uint32(data[4:]))
	if at+2 > int64(len(data)) {
		return upright
	}
	fields := data[at+2:]
	for range order.Uint16(data[at:]) {
		if len(fields) < entry {
			break
		}
		if o := orientation(order.Uint16(fields[8:])); order.Uint16(fields) == 0x0112 && o >= upright && o <= turnedLeft {
			return o
		}
		fields = fields[entry:]
	}
	return upright
}
