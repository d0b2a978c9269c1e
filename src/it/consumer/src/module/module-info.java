/** The same program as a module; docs/java.md says why it requires more than org.aparanet. */
module consumer {
  requires com.google.gson;
  requires jdk.unsupported;
  requires org.aparanet;
  requires org.slf4j;
}
