package org.aparanet.data.fetch;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The data sets that can be fetched. Digests are those that the sets' publishers or users of long
 * standing give; docs/data.md says where each is from.
 */
public final class Catalogue {
  private static final long MEGABYTE = 1_000_000;

  private static final CatalogueEntry MNIST =
      new CatalogueEntry(
          "mnist",
          "70,000 handwritten digits, 1x28x28, 10 classes",
          "CC BY-SA 3.0",
          "Y. LeCun, C. Cortes, C. Burges, \"The MNIST database of handwritten digits\"",
          List.of(),
          List.of(),
          Optional.empty());

  private static final CatalogueEntry FASHION_MNIST =
      new CatalogueEntry(
          "fashion-mnist",
          "70,000 articles of clothing, 1x28x28, 10 classes",
          "MIT",
          "https://github.com/zalandoresearch/fashion-mnist",
          List.of(
              file(
                  "train-images-idx3-ubyte.gz",
                  26_421_880,
                  "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84"),
              file(
                  "train-labels-idx1-ubyte.gz",
                  29_515,
                  "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845"),
              file(
                  "t10k-images-idx3-ubyte.gz",
                  4_422_102,
                  "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073"),
              file(
                  "t10k-labels-idx1-ubyte.gz",
                  5_148,
                  "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5")),
          addresses(
              "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
              "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
              "https://storage.googleapis.com/tensorflow/tf-keras-datasets/"),
          Optional.empty());

  private static final CatalogueEntry KMNIST =
      new CatalogueEntry(
          "kmnist",
          "70,000 characters of old Japanese handwriting, 1x28x28, 10 classes",
          "CC BY-SA 4.0",
          "http://codh.rois.ac.jp/kmnist/",
          List.of(
              file(
                  "train-images-idx3-ubyte.gz",
                  18_165_135,
                  "51467d22d8cc72929e2a028a0428f2086b092bb31cfb79c69cc0a90ce135fde4"),
              file(
                  "train-labels-idx1-ubyte.gz",
                  29_497,
                  "e38f9ebcd0f3ebcdec7fc8eabdcdaef93bb0df8ea12bee65224341c8183d8e17"),
              file(
                  "t10k-images-idx3-ubyte.gz",
                  3_041_136,
                  "edd7a857845ad6bb1d0ba43fe7e794d164fe2dce499a1694695a792adfac43c5"),
              file(
                  "t10k-labels-idx1-ubyte.gz",
                  5_120,
                  "20bb9a0ef54c7db3efc55a92eef5582c109615df22683c380526788f98e42a1c")),
          addresses("http://codh.rois.ac.jp/kmnist/dataset/kmnist/"),
          Optional.empty());

  private static final CatalogueEntry EMNIST_LETTERS =
      new CatalogueEntry(
          "emnist-letters",
          "145,600 handwritten letters, 1x28x28, 26 classes",
          "none stated; published by NIST, which asks to be cited",
          "https://www.nist.gov/itl/products-and-services/emnist-dataset",
          List.of(
              file(
                  "gzip.zip",
                  561_753_746,
                  "fb9bb67e33772a9cc0b895e4ecf36d2cf35be8b709693c3564cea2a019fcda8e")),
          addresses("https://biometrics.nist.gov/cs_links/EMNIST/"),
          Optional.of(new Archive(Archive.Format.ZIP, letters())));

  private static final CatalogueEntry CIFAR10 =
      new CatalogueEntry(
          "cifar10",
          "60,000 photographs, 3x32x32, 10 classes",
          "none stated; its author asks to be cited",
          "https://www.cs.toronto.edu/~kriz/cifar.html",
          List.of(
              file(
                  "cifar-10-binary.tar.gz",
                  170_052_171,
                  "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd")),
          addresses("https://www.cs.toronto.edu/~kriz/"),
          Optional.of(new Archive(Archive.Format.TAR_GZ, batches())));

  private static final List<CatalogueEntry> ENTRIES =
      List.of(MNIST, FASHION_MNIST, KMNIST, EMNIST_LETTERS, CIFAR10);

  private Catalogue() {}

  /** {@return all data sets} */
  public static List<CatalogueEntry> entries() {
    return ENTRIES;
  }

  /**
   * {@return the data set of that name, in capitals or not}
   *
   * @param name such as {@code cifar10}
   */
  public static Optional<CatalogueEntry> named(String name) {
    return ENTRIES.stream()
        .filter(entry -> entry.name().equals(name.toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  private static RemoteFile file(String name, long bytes, String sha256) {
    return new RemoteFile(name, bytes, Digest.sha256(sha256));
  }

  private static List<URI> addresses(String... addresses) {
    return Stream.of(addresses).map(URI::create).toList();
  }

  private static List<Archive.Member> letters() {
    List<Archive.Member> members = new ArrayList<>();
    for (String part : List.of("train", "test")) {
      for (String content : List.of("images-idx3", "labels-idx1")) {
        String name = "emnist-letters-" + part + "-" + content + "-ubyte.gz";
        members.add(new Archive.Member("gzip/" + name, name, 100 * MEGABYTE));
      }
    }
    return members;
  }

  private static List<Archive.Member> batches() {
    long bytes = 10_000 * (1 + 3 * 32 * 32);
    return Stream.of(
            "data_batch_1.bin",
            "data_batch_2.bin",
            "data_batch_3.bin",
            "data_batch_4.bin",
            "data_batch_5.bin",
            "test_batch.bin")
        .map(name -> new Archive.Member("cifar-10-batches-bin/" + name, name, bytes))
        .toList();
  }
}
