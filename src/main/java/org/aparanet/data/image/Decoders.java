package org.aparanet.data.image;

import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/**
 * The decoder of each format: Java's own, and those of a library for TIFF, of which Java's takes
 * damaged data without a word, and for WebP, which Java does not read. They are looked up once.
 * What else a program has registered with ImageIO plays no part, so that a picture has the same
 * pixels in all programs.
 */
final class Decoders {
  private static final String OF_JAVA = "com.sun.imageio.plugins.";
  private static final Map<ImageFormat, ImageReaderSpi> ALL = all();

  private Decoders() {}

  private static Map<ImageFormat, ImageReaderSpi> all() {
    Map<ImageFormat, ImageReaderSpi> all = new EnumMap<>(ImageFormat.class);
    Iterator<ImageReaderSpi> known =
        IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, false);
    while (known.hasNext()) {
      ImageReaderSpi candidate = known.next();
      for (ImageFormat format : ImageFormat.values()) {
        String own = OF_JAVA + format.name().toLowerCase(Locale.ROOT) + ".";
        if (candidate.getClass().getName().startsWith(own)) {
          all.put(format, candidate);
        }
      }
    }
    all.put(ImageFormat.TIFF, new TIFFImageReaderSpi());
    all.put(ImageFormat.WEBP, new WebPImageReaderSpi());
    return all;
  }

  /** A new decoder, to be disposed of. */
  static ImageReader of(ImageFormat format) throws IOException {
    ImageReaderSpi decoder = ALL.get(format);
    if (decoder == null) {
      throw new IllegalStateException("this Java has no decoder of " + format);
    }
    return decoder.createReaderInstance();
  }
}
